import { parameterRefusal } from "./refusal.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Words that stand for a whole schedule. */
const WORDS: Readonly<Record<string, string>> = {
  minutely: "*-*-* *:*:00",
  hourly: "*-*-* *:00:00",
  daily: "*-*-* 00:00:00",
  weekly: "mon *-*-* 00:00:00",
  monthly: "*-*-01 00:00:00",
  yearly: "*-01-01 00:00:00",
  annually: "*-01-01 00:00:00",
  quarterly: "*-01,04,07,10-01 00:00:00",
  "semi-annually": "*-01,07-01 00:00:00",
  semiannually: "*-01,07-01 00:00:00",
};

type Match = (value: number) => boolean;

/** `*`, `5`, `1..5`, `1..20/5`, `*` with a step, `0/15`, and lists of them. */
function numbers(text: string, low: number, high: number): Match | undefined {
  const tests: Match[] = [];
  for (const part of text.split(",")) {
    const found = /^(?:(\*)|(\d+)(?:\.\.(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!found) return undefined;
    const step = Number(found[4] ?? 0);
    const start = found[1] === undefined ? Number(found[2]) : low;
    const end = found[3] === undefined ? (found[1] !== undefined || step > 0 ? high : start) : Number(found[3]);
    if (start < low || end > high || (found[4] !== undefined && step === 0)) return undefined;
    tests.push((value) => value >= start && value <= end && (value - start) % Math.max(1, step) === 0);
  }
  return (value) => tests.some((test) => test(value));
}

function dayOf(text: string): number {
  return DAYS.findIndex((day) => text.toLowerCase().startsWith(day));
}

/** `mon`, `mon..fri`, `sat,sun`. */
function weekdays(text: string): Match | undefined {
  const days = new Set<number>();
  for (const part of text.split(",")) {
    const [from = "", to = from, more] = part.split("..");
    const [start, end] = [dayOf(from), dayOf(to)];
    if (start < 0 || end < 0 || more !== undefined) return undefined;
    for (let day = start; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === end) break;
    }
  }
  return (day) => days.has(day);
}

/** When something is due, as calendar events say it. */
export interface Calendar {
  days: Match;
  year: Match;
  month: Match;
  date: Match;
  hour: Match;
  minute: Match;
  second: Match;
}

const ANY: Match = () => true;

/** Reads a calendar event; nothing when it is not one. Times are UTC. */
export function parseCalendar(text: string): Calendar | undefined {
  const spelled = WORDS[text.trim()] ?? text.trim();
  const calendar: Calendar = {
    days: ANY,
    year: ANY,
    month: ANY,
    date: ANY,
    hour: (value) => value === 0,
    minute: (value) => value === 0,
    second: (value) => value === 0,
  };
  const parts = spelled.split(/\s+/).filter((part) => part !== "" && part.toUpperCase() !== "UTC");
  if (parts.length === 0) return undefined;
  if (/^[a-z]/i.test(parts[0]!)) {
    const days = weekdays(parts.shift()!);
    if (!days) return undefined;
    calendar.days = days;
  }
  const time = parts.find((part) => part.includes(":")) ?? parts.find((part) => !part.includes("-"));
  const date = parts.find((part) => part !== time);
  if (parts.length > 2 || (time !== undefined && date !== undefined && parts.indexOf(date) > parts.indexOf(time)))
    return undefined;
  if (date !== undefined) {
    const fields = date.split("-");
    if (fields.length < 2 || fields.length > 3) return undefined;
    const [day, month, year] = [...fields].reverse();
    const read = [
      numbers(day!, 1, 31),
      numbers(month!, 1, 12),
      year === undefined ? ANY : numbers(year, 1970, 2199),
    ] as const;
    if (!read[0] || !read[1] || !read[2]) return undefined;
    Object.assign(calendar, { date: read[0], month: read[1], year: read[2] });
  }
  if (time !== undefined) {
    const fields = time.split(":");
    if (fields.length > 3) return undefined;
    // A lone number counts minutes.
    const [hour, minute, second] = fields.length === 1 ? ["*", fields[0]!, "0"] : [...fields, "0"];
    const read = [numbers(hour!, 0, 23), numbers(minute!, 0, 59), numbers(second!, 0, 59)] as const;
    if (!read[0] || !read[1] || !read[2]) return undefined;
    Object.assign(calendar, { hour: read[0], minute: read[1], second: read[2] });
  }
  return calendar;
}

const DAY = 86_400;
/** Days looked ahead: leap days come every eight years at worst. */
const HORIZON = 366 * 9;

/** The next time, in seconds since the epoch, after `after`; nothing when there is none. */
export function nextEvent(calendar: Calendar, after: number): number | undefined {
  const first = after + 1;
  for (let day = Math.floor(first / DAY), count = 0; count < HORIZON; day += 1, count += 1) {
    const date = new Date(day * DAY * 1000);
    if (!calendar.year(date.getUTCFullYear()) || !calendar.month(date.getUTCMonth() + 1)) continue;
    if (!calendar.date(date.getUTCDate()) || !calendar.days(date.getUTCDay())) continue;
    const from = Math.max(0, first - day * DAY);
    for (let hour = Math.floor(from / 3600); hour < 24; hour += 1) {
      if (!calendar.hour(hour)) continue;
      for (let minute = 0; minute < 60; minute += 1) {
        if (!calendar.minute(minute) || hour * 3600 + minute * 60 + 59 < from) continue;
        for (let second = 0; second < 60; second += 1) {
          const at = hour * 3600 + minute * 60 + second;
          if (at >= from && calendar.second(second)) return day * DAY + at;
        }
      }
    }
  }
  return undefined;
}

/** A parameter's calendar event, or the complaint about it; nothing for nothing. */
export function calendarOf(name: string, text: string): Calendar {
  const calendar = parseCalendar(text);
  if (!calendar)
    throw parameterRefusal({
      [name]: `invalid format - invalid calendar event '${text}' - unable to parse calendar event at '${text}'\n`,
    });
  return calendar;
}
