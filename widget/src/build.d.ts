/** What build.mjs supplies. */
declare module "official-contacts" {
  const contacts: import("./contract").Contact[];
  export default contacts;
}

declare module "*.css" {
  const text: string;
  export default text;
}
