import { describe, expect, it } from "vitest";
import { AddressProblem, parseNetworkAddress } from "../../../src/lab/parameters/formats/network-address.ts";

describe("addresses of firewall rules", () => {
  it.each([
    ["10", 4],
    ["10.1", 4],
    ["10/8", 4],
    ["001.002.003.004", 4],
    ["10.0.0.0/24", 4],
    ["10.0.0.0/x", 4],
    ["10.0.0.1-10.0.0.9", 4],
    ["10.0.0.1 - 10.0.0.9", 4],
    ["10.0.0.1 + 5", 4],
    ["fe80::1", 6],
    ["fd00::/8", 6],
    ["::ffff:1.2.3.4", 6],
    ["::1-1:2:3:4:5:6:7::", 6],
  ])("takes %s", (text, version) => {
    expect(parseNetworkAddress(text)).toEqual({ version });
  });

  it.each([
    ["abc def", "Invalid chars in IP abc def"],
    ["..", "Invalid IP .. - starts with a dot"],
    ["1.", "Invalid IP 1. - ends with a dot"],
    ["1..2", "Empty quad in IP address 1..2"],
    ["1.2.3.4.5", "Invalid IP address 1.2.3.4.5"],
    ["1.2.3.256", "Invalid quad in IP address 1.2.3.256 - 256"],
    ["0001", "Not a valid IPv4 address 0001"],
    ["1:2", "Invalid number of octets 1:2"],
    ["::1::2", "Invalid address ::1::2 (More than one :: pattern)"],
    ["::1-::1::2", "Too many :: in ip"],
    ["g::1", "Invalid IP address g::1"],
    ["1:2:3:4:5:6:7:8:9", ""],
    ["10.0.0.0/33", "Prefix length 33 is longer than IP address (32)"],
    ["1.0.0.0/4", "Invalid prefix 00000001000000000000000000000000/4"],
    ["10.0.0.9-10", "Begin address is greater than End address 10.0.0.9 - 10.0.0.0"],
    ["10-fe80::1", "Not a valid IPv4 address fe80::1"],
    ["::-1:2", "Invalid number of octets 0001:0002"],
  ])("refuses %s", (text, problem) => {
    expect(() => parseNetworkAddress(text)).toThrow(new AddressProblem(problem));
  });
});
