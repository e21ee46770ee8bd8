import { ICMP_TYPES } from "../../schema/format-data/words.ts";

const ONLY_6 = `no-route beyond-scope address-unreachable failed-policy reject-route packet-too-big bad-header
unknown-header-type unknown-option neighbor-solicitation neighbour-solicitation neighbor-advertisement
neighbour-advertisement`.split(/\s+/);
const BOTH = `destination-unreachable communication-prohibited port-unreachable time-exceeded ttl-zero-during-transit
ttl-zero-during-reassembly parameter-problem echo-request echo-reply router-solicitation router-advertisement
redirect`.split(/\s+/);

const SIX = new Set([...ONLY_6, ...BOTH]);
const FOUR = new Set(ICMP_TYPES.filter((type) => !ONLY_6.includes(type)));

/** Whether ICMP of an IP version knows a type by that name. */
export function isIcmpType(type: string, version: 4 | 6): boolean {
  return (version === 6 ? SIX : FOUR).has(type);
}
