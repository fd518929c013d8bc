/**
 * What is shown when the server cannot be reached: the first lines of the general urgent reply
 * and its contacts, from data/.
 */
import type { Contact } from "./contract";
import official from "official"; // made by build.mjs

export const FIRST: string = official.first;
export const OFFICIAL_CONTACTS: Contact[] = official.contacts;
/** The number in the line that is always visible. */
export const EMERGENCY: Contact = OFFICIAL_CONTACTS[0]!;
