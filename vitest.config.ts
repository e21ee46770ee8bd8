import { EventEmitter } from "node:events";
import { defineConfig } from "vitest/config";

// The runner listens once for each file to the end of a worker that it keeps, and would be warned of it hundreds of times.
EventEmitter.defaultMaxListeners = 1000;

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Played by tests that want them to fail.
    exclude: ["tests/fixtures/**"],
    globalSetup: ["tests/support/build.ts"],
    // Whatever programs under test write is searched for secrets.
    setupFiles: ["tests/support/leaks/setup.ts"],
    // A worker keeps what it has imported: the lab and the SDK's clients take a second to load, in over 200 files.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A loaded machine is slow, not wrong.
    expect: { poll: { timeout: 20_000 } },
    // Most of a test's time goes by waiting for servers and tasks, so more files than cores run at a time.
    maxWorkers: 4,
  },
});
