/** One match of a macro; a rule may repeat what it says, but not contradict it. */
interface MacroMatch {
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

/** Name, matches as `proto[/dport[/sport]]`, description in words of our own. */
const TABLE = `Amanda|udp/10080 tcp/10080|Amanda backups
Auth|tcp/113|Ident lookups
BGP|tcp/179|BGP routing
BitTorrent|tcp/6881:6889 udp/6881|BitTorrent, early clients
BitTorrent32|tcp/6881:6999 udp/6881|BitTorrent, clients since 3.2
Ceph|tcp/6789 tcp/3300 tcp/6800:7300|Ceph monitors, OSDs and MDSs
CVS|tcp/2401|CVS repositories
Citrix|tcp/1494 udp/1604 tcp/2598|Citrix ICA sessions
DAAP|tcp/3689 udp/3689|Shared music libraries (DAAP)
DCC|tcp/6277|Spam checksums (DCC)
DHCPfwd|udp/67:68/67:68|Relayed DHCP
DNS|udp/53 tcp/53|Name lookups
Distcc|tcp/3632|Distributed compilation
FTP|tcp/21|File transfer (FTP)
Finger|tcp/79|Finger lookups
GNUnet|tcp/2086 udp/2086 tcp/1080 udp/1080|GNUnet peers
GRE|47|GRE tunnels
Git|tcp/9418|Git repositories
HKP|tcp/11371|OpenPGP key servers
HTTP|tcp/80|Web pages
HTTPS|tcp/443|Web pages over TLS
ICPV2|udp/3130|Web caches among themselves (ICP)
ICQ|tcp/5190|ICQ messages
IMAP|tcp/143|Mailboxes (IMAP)
IMAPS|tcp/993|Mailboxes over TLS (IMAP)
IPIP|94|IP within IP
IPsec|udp/500/500 50|IPsec with ESP
IPsecah|udp/500/500 51|IPsec with AH
IPsecnat|udp/500 udp/4500 50|IPsec across NAT
IRC|tcp/6667|Chat rooms (IRC)
Jetdirect|tcp/9100|Network printers of HP
L2TP|udp/1701|L2TP tunnels
LDAP|tcp/389|Directories (LDAP)
LDAPS|tcp/636|Directories over TLS (LDAP)
MSNP|tcp/1863|MSN messages
MSSQL|tcp/1433|SQL Server databases
Mail|tcp/25 tcp/465 tcp/587|Mail delivery and submission, all ports
MDNS|udp/5353|Names announced by multicast
Munin|tcp/4949|Munin nodes
MySQL|tcp/3306|MySQL databases
NNTP|tcp/119|News groups
NNTPS|tcp/563|News groups over TLS
NTP|udp/123|Time of day (NTP)
OSPF|89|OSPF routing
OpenVPN|udp/1194|OpenVPN tunnels
PCA|udp/5632 tcp/5631|pcAnywhere sessions
PMG|tcp/8006|Mail gateway administration
POP3|tcp/110|Mailboxes (POP3)
POP3S|tcp/995|Mailboxes over TLS (POP3)
PPtP|47 tcp/1723|PPTP tunnels
Ping|icmp/echo-request|Echo requests
PostgreSQL|tcp/5432|PostgreSQL databases
Printer|tcp/515|Print queues (LPD)
RDP|tcp/3389|Remote desktops (RDP)
RIP|udp/520|RIP routing
RNDC|tcp/953|Control of BIND
Razor|tcp/2703|Spam signatures (Razor)
Rdate|tcp/37|Time of day (rdate)
Rsync|tcp/873|rsync modules
SANE|tcp/6566|Scanners on the network
SMB|udp/135,445 udp/137:139 udp/1024:65535/137 tcp/135,139,445|Windows file shares
SMBswat|tcp/901|Administration of Samba
SMTP|tcp/25|Mail delivery
SMTPS|tcp/465|Mail delivery over TLS
SNMP|udp/161:162 tcp/161|Monitoring (SNMP)
SPAMD|tcp/783|Spam checks (spamd)
SPICEproxy|tcp/3128|Consoles of guests (SPICE)
SSH|tcp/22|Remote shells
SVN|tcp/3690|Subversion repositories
SixXS|tcp/3874 udp/3740 41 udp/5072,8374|IPv6 tunnels of SixXS
Squid|tcp/3128|Squid web proxy
Submission|tcp/587|Mail submission
Syslog|udp/514 tcp/514|Log messages
TFTP|udp/69|Network boot files (TFTP)
Telnet|tcp/23|Plain-text terminals
Telnets|tcp/992|Terminals over TLS
Time|tcp/37|Time of day (RFC 868)
Trcrt|udp/33434:33524 icmp/echo-request|Route tracing
VNC|tcp/5900:5999|Screens 0 to 99 (VNC)
VNCL|tcp/5500|Screens that call the viewer (VNC)
Web|tcp/80 tcp/443|Web pages, with and without TLS
Webcache|tcp/8080|Web proxies on port 8080
Webmin|tcp/10000|Administration with Webmin
Whois|tcp/43|Whois lookups`;

/** Those that mean something else, or exist only, where addresses are IPv6. */
const TABLE_6 = `Ping|icmpv6/echo-request
Trcrt|udp/33434:33524 icmpv6/echo-request
NeighborDiscovery|icmpv6/router-solicitation icmpv6/router-advertisement icmpv6/neighbor-solicitation icmpv6/neighbor-advertisement|Finding IPv6 neighbours and routers
DHCPv6|udp/546:547/546:547|Address assignment for IPv6`;

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
