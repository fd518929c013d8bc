/** The official contacts that are shown when the server cannot be reached, from data/contacts.yml. */
import type { Contact } from "./contract";
import contacts from "official-contacts"; // made by build.mjs

export const OFFICIAL_CONTACTS: Contact[] = contacts;
/** The number in the line that is always visible. */
export const EMERGENCY: Contact = OFFICIAL_CONTACTS[0]!;
