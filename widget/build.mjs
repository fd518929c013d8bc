// Bundles the widget into the file that the Python package ships. With an argument, into that
// file instead (the test compares the two).
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, transform } from "esbuild";
import { parse } from "yaml";

const here = import.meta.dirname;

// The first lines of the general urgent reply and its contacts. Their words and numbers stand in
// data/ and nowhere else.
const official = {
  name: "official",
  setup(builder) {
    builder.onResolve({ filter: /^official$/ }, ({ path }) => ({ path, namespace: "official" }));
    builder.onLoad({ filter: /.*/, namespace: "official" }, async () => {
      const read = async (name) => parse(await readFile(resolve(here, "../data", name), "utf8"));
      const { contacts } = await read("contacts.yml");
      const general = await read("urgency/replies/general.yml");
      const shown = general.contacts.map((id) => ({ id, ...pick(contacts[id]) }));
      if (!shown[0].tel) throw new Error(`${shown[0].id}: the first contact needs a phone number`);
      const made = { first: general.first, contacts: shown };
      return { contents: JSON.stringify(made), loader: "json" };
    });
  },
};

function pick({ name, phone = null, sms = null, email = null, url = null, hours = null, when }) {
  return {
    name,
    phone,
    tel: phone && `tel:${phone.replace(/[ ()-]/g, "")}`,
    sms,
    email,
    url,
    hours,
    when,
  };
}

const minifiedStyles = {
  name: "minified-styles",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: true,
      });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  entryPoints: [resolve(here, "src/index.ts")],
  outfile: process.argv[2] ?? resolve(here, "../assistant/channels/static/widget.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  plugins: [official, minifiedStyles],
});
