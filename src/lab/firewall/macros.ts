/** One match of a macro; a rule may repeat what it says, but not contradict it. */
export interface MacroMatch {
  proto: string;
  dport?: string;
  sport?: string;
}

export interface Macro {
  name: string;
  descr: string;
  matches: readonly MacroMatch[];
  /** What it stands for where addresses are IPv6. */
  matches6: readonly MacroMatch[];
  /** The only IP version it applies to. */
  ipversion?: 6;
}

/** Name, matches as `proto[/dport[/sport]]`, description. */
const TABLE = `Amanda|udp/10080 tcp/10080|Amanda Backup
Auth|tcp/113|Auth (identd) traffic
BGP|tcp/179|Border Gateway Protocol traffic
BitTorrent|tcp/6881:6889 udp/6881|BitTorrent traffic for BitTorrent 3.1 and earlier
BitTorrent32|tcp/6881:6999 udp/6881|BitTorrent traffic for BitTorrent 3.2 and later
Ceph|tcp/6789 tcp/3300 tcp/6800:7300|Ceph Storage Cluster traffic (Ceph Monitors, OSD & MDS Daemons)
CVS|tcp/2401|Concurrent Versions System pserver traffic
Citrix|tcp/1494 udp/1604 tcp/2598|Citrix/ICA traffic (ICA, ICA Browser, CGP)
DAAP|tcp/3689 udp/3689|Digital Audio Access Protocol traffic (iTunes, Rythmbox daemons)
DCC|tcp/6277|Distributed Checksum Clearinghouse spam filtering mechanism
DHCPfwd|udp/67:68/67:68|Forwarded DHCP traffic
DNS|udp/53 tcp/53|Domain Name System traffic (upd and tcp)
Distcc|tcp/3632|Distributed Compiler service
FTP|tcp/21|File Transfer Protocol
Finger|tcp/79|Finger protocol (RFC 742)
GNUnet|tcp/2086 udp/2086 tcp/1080 udp/1080|GNUnet secure peer-to-peer networking traffic
GRE|47|Generic Routing Encapsulation tunneling protocol
Git|tcp/9418|Git distributed revision control traffic
HKP|tcp/11371|OpenPGP HTTP key server protocol traffic
HTTP|tcp/80|Hypertext Transfer Protocol (WWW)
HTTPS|tcp/443|Hypertext Transfer Protocol (WWW) over SSL
ICPV2|udp/3130|Internet Cache Protocol V2 (Squid) traffic
ICQ|tcp/5190|AOL Instant Messenger traffic
IMAP|tcp/143|Internet Message Access Protocol
IMAPS|tcp/993|Internet Message Access Protocol over SSL
IPIP|94|IPIP capsulation traffic
IPsec|udp/500/500 50|IPsec traffic
IPsecah|udp/500/500 51|IPsec authentication (AH) traffic
IPsecnat|udp/500 udp/4500 50|IPsec traffic and Nat-Traversal
IRC|tcp/6667|Internet Relay Chat traffic
Jetdirect|tcp/9100|HP Jetdirect printing
L2TP|udp/1701|Layer 2 Tunneling Protocol traffic
LDAP|tcp/389|Lightweight Directory Access Protocol traffic
LDAPS|tcp/636|Secure Lightweight Directory Access Protocol traffic
MSNP|tcp/1863|Microsoft Notification Protocol
MSSQL|tcp/1433|Microsoft SQL Server
Mail|tcp/25 tcp/465 tcp/587|Mail traffic (SMTP, SMTPS, Submission)
MDNS|udp/5353|Multicast DNS
Munin|tcp/4949|Munin networked resource monitoring traffic
MySQL|tcp/3306|MySQL server
NNTP|tcp/119|NNTP traffic (Usenet).
NNTPS|tcp/563|Encrypted NNTP traffic (Usenet)
NTP|udp/123|Network Time Protocol (ntpd)
OSPF|89|OSPF multicast traffic
OpenVPN|udp/1194|OpenVPN traffic
PCA|udp/5632 tcp/5631|Symantec PCAnywere (tm)
PMG|tcp/8006|Proxmox Mail Gateway web interface
POP3|tcp/110|POP3 traffic
POP3S|tcp/995|Encrypted POP3 traffic
PPtP|47 tcp/1723|Point-to-Point Tunneling Protocol
Ping|icmp/echo-request|ICMP echo request
PostgreSQL|tcp/5432|PostgreSQL server
Printer|tcp/515|Line Printer protocol printing
RDP|tcp/3389|Microsoft Remote Desktop Protocol traffic
RIP|udp/520|Routing Information Protocol (bidirectional)
RNDC|tcp/953|BIND remote management protocol
Razor|tcp/2703|Razor Antispam System
Rdate|tcp/37|Remote time retrieval (rdate)
Rsync|tcp/873|Rsync server
SANE|tcp/6566|SANE network scanning
SMB|udp/135,445 udp/137:139 udp/1024:65535/137 tcp/135,139,445|Microsoft SMB traffic
SMBswat|tcp/901|Samba Web Administration Tool
SMTP|tcp/25|Simple Mail Transfer Protocol
SMTPS|tcp/465|Encrypted Simple Mail Transfer Protocol
SNMP|udp/161:162 tcp/161|Simple Network Management Protocol
SPAMD|tcp/783|Spam Assassin SPAMD traffic
SPICEproxy|tcp/3128|Proxmox VE SPICE display proxy traffic
SSH|tcp/22|Secure shell traffic
SVN|tcp/3690|Subversion server (svnserve)
SixXS|tcp/3874 udp/3740 41 udp/5072,8374|SixXS IPv6 Deployment and Tunnel Broker
Squid|tcp/3128|Squid web proxy traffic
Submission|tcp/587|Mail message submission traffic
Syslog|udp/514 tcp/514|Syslog protocol (RFC 5424) traffic
TFTP|udp/69|Trivial File Transfer Protocol traffic
Telnet|tcp/23|Telnet traffic
Telnets|tcp/992|Telnet over SSL
Time|tcp/37|RFC 868 Time protocol
Trcrt|udp/33434:33524 icmp/echo-request|Traceroute (for up to 30 hops) traffic
VNC|tcp/5900:5999|VNC traffic for VNC display's 0 - 99
VNCL|tcp/5500|VNC traffic from Vncservers to Vncviewers in listen mode
Web|tcp/80 tcp/443|WWW traffic (HTTP and HTTPS)
Webcache|tcp/8080|Web Cache/Proxy traffic (port 8080)
Webmin|tcp/10000|Webmin traffic
Whois|tcp/43|Whois (nicname, RFC 3912) traffic`;

/** Those that mean something else, or exist only, where addresses are IPv6. */
const TABLE_6 = `Ping|icmpv6/echo-request
Trcrt|udp/33434:33524 icmpv6/echo-request
NeighborDiscovery|icmpv6/router-solicitation icmpv6/router-advertisement icmpv6/neighbor-solicitation icmpv6/neighbor-advertisement|IPv6 neighbor solicitation, neighbor and router advertisement
DHCPv6|udp/546:547/546:547|DHCPv6 traffic`;

function readMatches(text: string): MacroMatch[] {
  return text.split(" ").map((match) => {
    const [proto = "", dport, sport] = match.split("/");
    return { proto, ...(dport === undefined ? {} : { dport }), ...(sport === undefined ? {} : { sport }) };
  });
}

function readTable(): Macro[] {
  const macros = new Map<string, Macro>();
  for (const line of TABLE.split("\n")) {
    const [name = "", text = "", descr = ""] = line.split("|");
    const matches = readMatches(text);
    macros.set(name, { name, descr, matches, matches6: matches });
  }
  for (const line of TABLE_6.split("\n")) {
    const [name = "", text = "", descr = ""] = line.split("|");
    const matches6 = readMatches(text);
    const known = macros.get(name);
    macros.set(name, known ? { ...known, matches6 } : { name, descr, matches: matches6, matches6, ipversion: 6 });
  }
  return [...macros.values()];
}

let byName: Map<string, Macro> | undefined;

function table(): Map<string, Macro> {
  byName ??= new Map(readTable().map((macro) => [macro.name.toLowerCase(), macro]));
  return byName;
}

/** All macros that rules may name. */
export function macros(): Macro[] {
  return [...table().values()];
}

/** A macro by its name in any case. */
export function findMacro(name: string): Macro | undefined {
  return table().get(name.toLowerCase());
}
