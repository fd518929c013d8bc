/**
 * What is shown when the server cannot be reached: the first lines of the general urgent reply
 * and its contacts, as `notice unavailable` writes them out of data/ for the proxy.
 */
import { error } from "../../deploy/nginx/unavailable.json";
import type { Contact, Refusal } from "./contract";

const official: Refusal = error;

export const FIRST = official.first;
export const OFFICIAL_CONTACTS = official.contacts;
/** The number in the line that is always visible. */
export const EMERGENCY: Contact = OFFICIAL_CONTACTS[0]!;
