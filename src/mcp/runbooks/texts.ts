import texts from "../../../generated/runbook-texts.json" with { type: "json" };

/** The texts of all runbooks, by name. */
export default texts;
