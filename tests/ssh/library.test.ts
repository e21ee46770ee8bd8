import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the SSH library comes without anything that has to be compiled", () => {
  const { packages } = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  // npm install may bring them back; taken out of the lock file again, they stay away from npm ci.
  for (const name of ["cpu-features", "buildcheck", "nan"]) expect(packages[`node_modules/${name}`]).toBeUndefined();
  expect(packages["node_modules/ssh2"]).toMatchObject({ version: "1.17.0" });
  expect(packages["node_modules/ssh2"]!.hasInstallScript).toBeUndefined();
});
