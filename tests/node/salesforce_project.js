// Reads {folder} from standard input, an SFDX project. Prints what the source-deploy-retrieve library makes of it:
// the manifest it derives, the project in metadata format, and that turned back into source, as {path: text}.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const require = createRequire(import.meta.url);
const { ComponentSet, MetadataConverter } = require("@salesforce/source-deploy-retrieve");

function tree(folder) {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );
}

async function convert(components, format, outputDirectory) {
  await new MetadataConverter().convert(components, format, {
    type: "directory",
    outputDirectory,
    genUniqueDir: false,
  });
  return tree(outputDirectory);
}

const { folder } = JSON.parse(readFileSync(0, "utf8"));
const work = mkdtempSync(join(tmpdir(), "abmspec-"));
try {
  process.chdir(folder);
  const components = ComponentSet.fromSource("force-app");
  const manifest = await components.getPackageXml();
  const names = components.getSourceComponents().map((each) => `${each.type.name}:${each.fullName}`).toArray();
  const metadata = await convert(components, "metadata", join(work, "metadata"));
  const source = await convert(ComponentSet.fromSource(join(work, "metadata")), "source", join(work, "source"));
  console.log(JSON.stringify({ manifest, names, metadata, source }));
} finally {
  rmSync(work, { recursive: true });
}
