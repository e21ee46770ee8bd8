import { CPU_MODELS } from "../../schema/format-data/words.ts";
import { SERVICE_NAMES } from "./service-names.ts";

const PROTOCOL_NAMES = new Set(
  `ip hopopt icmp igmp ggp ipencap st tcp egp igp pup udp hmp xns-idp rdp iso-tp4 dccp xtp ddp idpr-cmtp ipv6
ipv6-route ipv6-frag idrp rsvp gre esp ah skip ipv6-icmp ipv6-nonxt ipv6-opts rspf vmtp eigrp ospf ax.25 ipip etherip
encap pim ipcomp vrrp l2tp isis sctp fc mobility-header udplite mpls-in-ip manet hip shim6 wesp rohc ethernet mptcp
icmpv6`.split(/\s+/),
);

const PROTOCOL_NUMBERS = new Set(
  `0 1 2 3 4 5 6 8 9 12 17 20 22 27 29 33 36 37 38 41 43 44 45 46 47 50 51 57 58 59 60 73 81 88 89 93 94 97 98 103 108
112 115 124 132 133 135 136 137 138 139 140 141 142 143 262`.split(/\s+/),
);

/** Zones that the runtime still lists under a former name. */
const RENAMED_ZONES: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

let zones: ReadonlySet<string> | undefined;

/** Whether the simulated host's zone table has this name, case and all. */
export function hasTimeZone(name: string): boolean {
  zones ??= new Set(
    Intl.supportedValuesOf("timeZone")
      .filter((zone) => zone.includes("/"))
      .map((zone) => RENAMED_ZONES[zone] ?? zone),
  );
  return zones.has(name);
}

/** Whether the simulated host knows this network service. */
export function hasService(name: string): boolean {
  return SERVICE_NAMES.has(name);
}

/** Whether the simulated host knows this protocol, by name or number. */
export function hasProtocol(name: string): boolean {
  return PROTOCOL_NAMES.has(name) || PROTOCOL_NUMBERS.has(name);
}

const MODELS = new Set(CPU_MODELS);

/** Whether the simulated host's QEMU knows this processor. */
export function hasCpuModel(name: string): boolean {
  return MODELS.has(name);
}
