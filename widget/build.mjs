// Bundles the widget into the file that the Python package ships. With an argument, into that
// file instead (the test compares the two).
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, transform } from "esbuild";
import { parse } from "yaml";

const here = import.meta.dirname;

// The official contacts of `utter_official_routes`, in its order. Their numbers stand in
// data/contacts.yml and nowhere else.
const official = {
  name: "official-contacts",
  setup(builder) {
    builder.onResolve({ filter: /^official-contacts$/ }, ({ path }) => ({
      path,
      namespace: "official",
    }));
    builder.onLoad({ filter: /.*/, namespace: "official" }, async () => {
      const read = async (name) => parse(await readFile(resolve(here, "..", name), "utf8"));
      const { contacts } = await read("data/contacts.yml");
      const { responses } = await read("domain.yml");
      const ids = responses.utter_official_routes[0].metadata.contacts;
      const shown = ids.map((id) => ({ id, ...pick(contacts[id]) }));
      if (!shown[0].tel)
        throw new Error(`${ids[0]}: the first official contact needs a phone number`);
      return { contents: JSON.stringify(shown), loader: "json" };
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
