/** What build.mjs supplies. */
declare module "*.css" {
  const text: string;
  export default text;
}
