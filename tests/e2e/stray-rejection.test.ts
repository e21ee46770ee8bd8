import { expect, test } from "vitest";
import { openLabSession } from "../support/session.ts";

test("a promise that one call forgot ends neither the server nor the calls of others", async () => {
  // Begins once the server is up; one that does not look after it ends at the next.
  const fault = `
    const wait = setInterval(() => {
      if (process.listenerCount("SIGHUP") === 0) return;
      clearInterval(wait);
      setTimeout(() => Promise.reject(new Error("forgotten PVEAPIToken=root@pam!x=abc")), 50);
    }, 5);`;
  const session = await openLabSession(
    {},
    { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` },
  );
  await expect.poll(() => session.stderr()).toContain("a fault inside, please report it: Error: forgotten");
  expect(session.stderr()).not.toContain("=abc");
  const { data } = await session.call("proxmox_vm_list");
  expect(data.total).toBeGreaterThan(0);
  await session.close();
});
