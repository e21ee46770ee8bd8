import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, test } from "vitest";
import { columnar } from "../../src/tools/columnar.ts";

test("a full page of the rows that a list of guests has stays within 6,000 tokens", () => {
  const rows = Array.from({ length: 900 }, (_, index) => index);
  const columns = {
    vmid: { value: (row: number) => 100 + row },
    name: { value: (row: number) => `web${row}` },
    status: { value: () => "running" },
    cpu: { value: (row: number) => Math.round((row * 7919) % 1000) / 1000 },
    maxmem: { value: (row: number) => 4_294_967_296 + row * 104_729 },
    mem: { value: (row: number) => 1_073_741_824 + row * 15_485_863 },
  };
  const page = columnar(columns, rows, (row) => [row], { limit: 1000 });
  expect(page.nextCursor).toBeDefined();
  expect(encode(JSON.stringify(page)).length).toBeLessThanOrEqual(6000);
  expect(page.rows.length).toBeGreaterThan(150);
});
