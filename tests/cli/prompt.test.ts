import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { askSecret } from "../../src/cli/prompt.ts";

test("the echo is off before the question is seen, and on again before what follows", async () => {
  const seen: string[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => seen.push(raw ? "echo off" : "echo on"),
  });
  const stderr = {
    write(text: string) {
      seen.push(text);
      // Somebody who answers within the same instant.
      if (text === "Password: ") stdin.write("se\u007fecret\rand more");
    },
  };
  const streams = { stdin, stderr } as unknown as Pick<NodeJS.Process, "stdin" | "stderr">;
  expect(await askSecret("Password: ", streams)).toBe("secret");
  expect(seen).toEqual(["echo off", "Password: ", "echo on", "\n"]);
});
