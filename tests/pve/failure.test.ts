import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeFailure } from "../../src/pve/decode.ts";
import { InvalidParametersError, PermissionError } from "../../src/pve/errors.ts";
import { classifyFailure } from "../../src/pve/failure.ts";

const CONTEXT = { cluster: "test", operation: "GET /nodes/{node}/status", endpoint: "https://pve1:8006" } as const;
const TOKEN = { user: "root", realm: "pam", id: "mcp" };

function classify(status: number, reason: string, errors?: Record<string, string>, message?: string) {
  return classifyFailure(
    CONTEXT,
    { status, reason, ...(errors === undefined ? {} : { errors }), ...(message === undefined ? {} : { message }) },
    { token: TOKEN, node: "pve2" },
  );
}

describe("reason phrases become classes", () => {
  test.each<[number, string, string]>([
    [400, "hotplug problem - VM 100 qmp command 'device_add' failed - Bus 'pci.9' not found", "proxmox-error"],
    [500, "Agent error: PID 1234 does not exist", "proxmox-error"],
    [401, "Authentication failed!", "authentication-failed"],
    [401, "No ticket", "authentication-failed"],
    [401, "", "authentication-failed"],
    [403, "Permission check failed (/vms/100, VM.PowerMgmt)", "permission-denied"],
    [403, "Permission check failed", "permission-denied"],
    [403, "Permission check failed (, Pool.Allocate)", "permission-denied"],
    [403, "Permission check failed (user != root@pam)", "permission-denied"],
    [
      403,
      "Permission check failed (URI '/access/password' not available with API token, need proper ticket.",
      "permission-denied",
    ],
    [500, "only root can set 'args' config", "permission-denied"],
    [595, "No route to host", "node-unreachable"],
    [596, "Broken pipe", "gateway-timeout"],
    [597, "Connection timed out", "gateway-timeout"],
    [502, "Bad Gateway", "gateway-timeout"],
    [599, "Too many redirections", "gateway-timeout"],
    [500, "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist", "not-found"],
    [500, "no such user ('nobody@pve')", "not-found"],
    [500, "no such vzdump job", "not-found"],
    [500, "mapping 'dm1' not found", "not-found"],
    [500, "no rule at position 99", "not-found"],
    [500, "unable to find configuration file for VM 8000 on node 'pve2'", "not-found"],
    [500, "unable to create VM 100 - VM 100 already exists on node 'pve1'", "already-exists"],
    [500, "unable to create VM 101: config file already exists", "already-exists"],
    [500, "create storage failed: storage ID 'd1' already defined", "already-exists"],
    [500, "VM is locked (backup)", "guest-locked"],
    [500, "CT is locked (snapshot-delete)", "guest-locked"],
    [500, "checksum mismatch (file change by other user?)", "digest-mismatch"],
    [
      500,
      "update storage failed: detected modified configuration - file changed by other user? Try again.",
      "digest-mismatch",
    ],
    [500, "cluster not ready - no quorum?", "no-quorum"],
    [500, "cfs-lock 'storage-x' error: no quorum!", "no-quorum"],
    [500, "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout", "lock-timeout"],
    [500, "cfs-lock 'storage-X' error: got lock request timeout", "lock-timeout"],
    [501, "Method 'POST /version' not implemented", "not-implemented"],
    [501, "no such uri", "not-implemented"],
    [501, "for data too large", "proxmox-error"],
    [500, "QEMU guest agent is not running", "agent-unavailable"],
    [500, "VM 100 is not running", "proxmox-error"],
    [424, "node is not in a cluster, no join info available!", "proxmox-error"],
    [301, "Moved Permanently", "proxmox-error"],
    [500, "", "proxmox-error"],
  ])("%i %s", (status, reason, code) => {
    const error = classify(status, reason);
    expect(error.code).toBe(code);
    expect(error.status).toBe(status);
    expect(error.next).toBeTruthy();
  });

  test.each<[string, string, string?]>([
    ["No QEMU guest agent configured", "agent-unavailable", "not-configured"],
    ["VM 100 is not running", "agent-unavailable", "vm-stopped"],
    ["QEMU guest agent is not running", "agent-unavailable", "not-answering"],
    ["VM 100 qmp command 'guest-exec' failed - got timeout", "agent-unavailable", "not-answering"],
    ["Agent error: Command guest-exec has been disabled", "agent-refused"],
    ["Agent error: Command guest-file-open has been disabled: the command is not allowed", "agent-refused"],
    ["The guest agent refuses: Command guest-get-users has been disabled", "agent-refused"],
    ["Agent error: failed to open file '/x' (mode: 'rb'): No such file or directory", "guest-file-not-found"],
    ["Agent error: failed to open file '/x' (mode: 'wb'): Permission denied", "guest-file-failed"],
    [
      "Guest agent command failed, error was 'Failed to execute child process “x” (No such file or directory)'",
      "guest-program-failed",
    ],
    ["Agent error: PID 7 does not exist", "proxmox-error"],
    ["Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist", "not-found"],
  ])("of a guest's agent: %s", (reason, code, cause) => {
    const error = classifyFailure(
      { ...CONTEXT, operation: "POST /nodes/{node}/qemu/{vmid}/agent/exec" },
      { status: 500, reason },
    );
    expect([error.code, error.data.cause]).toEqual([code, cause]);
    expect(error.next).toBeTruthy();
  });

  test("400 with errors names the parameters", () => {
    const error = classify(400, "Parameter verification failed.", { vmid: "type check failed", cores: "too many" });
    expect(error).toBeInstanceOf(InvalidParametersError);
    expect((error as InvalidParametersError).errors).toEqual({ vmid: "type check failed", cores: "too many" });
    expect(error.message).toContain("vmid: type check failed");
  });

  test.each([
    [{ upid: "no such task" }, "not-found"],
    [{ vmid: "VM 100 already exists" }, "already-exists"],
    [{ name: "invalid format - value does not look right" }, "invalid-parameters"],
  ] as const)("400 %j is %s", (errors, code) => {
    expect(classify(400, "Parameter verification failed.", errors).code).toBe(code);
  });

  test("a nested parameter failure is told apart (backup jobs)", () => {
    const error = classify(
      500,
      "400 Parameter verification failed.",
      undefined,
      "400 Parameter verification failed.\nvmid: value is missing\n",
    );
    expect((error as InvalidParametersError).errors).toEqual({ vmid: "value is missing" });
  });

  test("the message of the body is fuller than the reason phrase", () => {
    expect(classify(500, "first line", undefined, "first line\nsecond line\n").message).toBe("first line\nsecond line");
  });
});

describe("a missing privilege", () => {
  test("names path, privileges, token and the line that grants it", () => {
    const error = classify(403, "Permission check failed (/vms/100, VM.PowerMgmt|VM.Console)") as PermissionError;
    expect(error).toBeInstanceOf(PermissionError);
    expect(error.path).toBe("/vms/100");
    expect(error.privileges).toEqual(["VM.PowerMgmt", "VM.Console"]);
    expect(error.message).toContain("root@pam!mcp");
    expect(error.next).toContain("pveum acl modify /vms/100 --tokens 'root@pam!mcp' --roles PVEVMUser");
  });

  test("makes a role where no common one holds the privilege", () => {
    const error = classify(403, "Permission check failed (/nodes/pve1, Sys.PowerMgmt)");
    expect(error.next).toContain("pveum role add MCP-Sys-PowerMgmt --privs Sys.PowerMgmt");
    expect(error.next).toContain("pveum acl modify /nodes/pve1 --tokens 'root@pam!mcp' --roles MCP-Sys-PowerMgmt");
  });
});

describe("recorded refusals", () => {
  const directory = new URL("../fixtures/recorded/", import.meta.url);
  const exchanges = readdirSync(directory)
    .filter((name) => name.endsWith(".jsonl.gz"))
    .flatMap((name) =>
      gunzipSync(readFileSync(new URL(name, directory)))
        .toString("utf8")
        .trim()
        .split("\n"),
    )
    .map(
      (line) => JSON.parse(line) as { seq: number; response: { status: number; reason: string; body: string | null } },
    )
    .filter(({ response }) => response.status >= 400);

  test("there are some", () => {
    expect(exchanges.length).toBeGreaterThan(200);
  });

  test("each becomes an error with a text and a next step, and those about objects the fitting one", () => {
    for (const { response } of exchanges) {
      const error = classify(response.status, response.reason, ...details(response.body));
      expect(error.message.length, response.reason).toBeGreaterThan(3);
      expect(error.next, response.reason).toBeTruthy();
      if (response.status === 500 && /^[^\n]*does not exist$/.test(response.reason))
        expect(error.code).toBe("not-found");
      if (response.status === 500 && /already (exists|defined)/.test(response.reason)) {
        expect(error.code).toBe("already-exists");
      }
    }
  });

  function details(body: string | null): [Record<string, string> | undefined, string | undefined] {
    const { errors, message } = decodeFailure(body ?? "");
    return [errors, message];
  }
});
