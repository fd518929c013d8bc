/** What build.mjs supplies. */
declare module "official" {
  const official: { first: string; contacts: import("./contract").Contact[] };
  export default official;
}

declare module "*.css" {
  const text: string;
  export default text;
}
