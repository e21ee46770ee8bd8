import { readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";

const TEMPLATES = join(import.meta.dirname, "../templates");

/** Renders a template of `templates/`, strictly: a missing value fails, nothing is HTML-escaped. */
export function render(template: string, data: object): string {
  const source = readFileSync(join(TEMPLATES, template), "utf8");
  return Handlebars.compile(source, { noEscape: true, strict: true })(data);
}

/** The comment at the top of a generated TypeScript file. */
export function banner(version: string): string {
  return render("banner.ts.hbs", { version });
}
