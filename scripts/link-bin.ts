import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// npm links the bins of dependencies and not the package's own, so in a checkout `npx proxmox-mcp` would not be found.
const root = fileURLToPath(new URL("..", import.meta.url));
if (process.platform !== "win32") {
  const folder = join(root, "node_modules/.bin");
  const link = join(folder, "proxmox-mcp");
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync("../../dist/index.js", link);
}
