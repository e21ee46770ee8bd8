import { die } from "../refusal.ts";
import { guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { agentConfigured, theGuest } from "./guests.ts";
import type { Call, Route } from "./route.ts";

/** The guest, once its agent would answer; three different complaints otherwise (pve-facts 71). */
async function withAgent(call: Call): Promise<LabGuest> {
  const guest = theGuest(call, "qemu");
  if (!agentConfigured(guest)) throw die("No QEMU guest agent configured");
  if (!guest.running) throw die(`VM ${guest.vmid} is not running`);
  if (guest.agent !== "running") {
    await call.state.timers.sleep(call.state.pace.agentMs);
    throw die("QEMU guest agent is not running");
  }
  return guest;
}

function interfaces(guest: LabGuest): unknown[] {
  const mac = (/=([0-9A-F]{2}(?::[0-9A-F]{2}){5})/i.exec(String(guest.config.net0 ?? ""))?.[1] ?? "").toLowerCase();
  return [
    {
      name: "lo",
      "hardware-address": "00:00:00:00:00:00",
      "ip-addresses": [
        { "ip-address": "127.0.0.1", "ip-address-type": "ipv4", prefix: 8 },
        { "ip-address": "::1", "ip-address-type": "ipv6", prefix: 128 },
      ],
    },
    {
      name: "eth0",
      "hardware-address": mac,
      "ip-addresses": guest.addresses.map((address) => ({
        "ip-address": address,
        "ip-address-type": address.includes(":") ? "ipv6" : "ipv4",
        prefix: address.includes(":") ? 64 : 24,
      })),
      statistics: {
        "rx-bytes": 123_456,
        "rx-packets": 1234,
        "rx-errs": 0,
        "rx-dropped": 0,
        "tx-bytes": 65_432,
        "tx-packets": 987,
        "tx-errs": 0,
        "tx-dropped": 0,
      },
    },
  ];
}

function osInfo(): Record<string, string> {
  return {
    id: "debian",
    name: "Debian GNU/Linux",
    "pretty-name": "Debian GNU/Linux 13 (trixie)",
    version: "13 (trixie)",
    "version-id": "13",
    "kernel-release": "6.12.48+deb13-amd64",
    "kernel-version": "#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1",
    machine: "x86_64",
  };
}

const audit = { path: "/vms/{vmid}", any: ["VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted"] };

function command(method: "GET" | "POST", name: string, result: (guest: LabGuest) => unknown): Route {
  return {
    id: `${method} /nodes/{node}/qemu/{vmid}/agent/${name}`,
    permission: audit,
    run: async (call) => ({ data: { result: result(await withAgent(call)) } }),
  };
}

/** What a guest's agent answers. */
export const agentRoutes: readonly Route[] = [
  command("POST", "ping", () => ({})),
  command("GET", "network-get-interfaces", interfaces),
  command("GET", "get-osinfo", osInfo),
  command("GET", "get-host-name", (guest) => ({ "host-name": guestName(guest) })),
];
