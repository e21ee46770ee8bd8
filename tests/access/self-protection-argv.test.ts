import { expect, test } from "vitest";
import { argvHarm } from "../../src/access/self-protection-argv.ts";
import type { Send } from "../../src/schema/operation.ts";

const nothing: Send = async <T>() => ({ data: [] as T });
const harmOf = (command: string) => {
  const [family, ...argv] = command.split(" ");
  return argvHarm({ family, argv }, "mcp@pve!server", nothing);
};

test.each([
  "pvesh delete /access/users/root@pam",
  "pvesh del /access/users/root@pam",
  "pvesh d access//users/root@pam/",
  "pvesh se /access/users/mcp@pve --enable 0",
  "pvesh set /access/users/mcp@pve -ena=0",
  "pvesh delete /access/users/mcp@pve/token/server",
  "/usr/bin/pvesh delete /access/users/root@pam",
  "pveum user delete mcp@pve",
  "pveum us del mcp@pve",
  "pveum user token remove mcp@pve server",
])("%s is refused", async (command) => {
  expect(await harmOf(command)).toEqual(expect.any(String));
});

test.each([
  "pvesh get /access/users/root@pam",
  "pvesh delete /access/users/other@pve",
  "pvesh set /access/users/other@pve --enable 0",
  "pveum user delete other@pve",
  "qm set 100 --delete net0",
])("%s is not", async (command) => {
  expect(await harmOf(command)).toBeUndefined();
});
