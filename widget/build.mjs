// Bundles the widget into the file that the Python package ships. With an argument, into that
// file instead (the test compares the two).
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, transform } from "esbuild";

const here = import.meta.dirname;

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
  plugins: [minifiedStyles],
});
