// What the user's settings mean for the client and the server. Knows nothing of the editor, so that
// it can be tested without one.

/** The settings of the server, as it takes them in `initialize` and `workspace/configuration`. */
export interface ServerSettings {
  select: string[];
  ignore: string[];
  minSeverity: string | null;
  minConfidence: string | null;
  lang: string;
  isolated: boolean;
  codeLens: boolean;
  rulesPage: string;
}

/** Where settings are read: the section `mtlint` of the editor's configuration. */
export interface Settings {
  get<T>(key: string, otherwise: T): T;
}

/** What the server is to know from the beginning. */
export function serverSettings(settings: Settings): ServerSettings {
  return {
    select: settings.get("select", []),
    ignore: settings.get("ignore", []),
    minSeverity: settings.get<string | null>("minSeverity", null),
    minConfidence: settings.get<string | null>("minConfidence", null),
    lang: settings.get("lang", ""),
    isolated: settings.get("isolated", false),
    codeLens: settings.get("codeLens", true),
    rulesPage: settings.get("rulesPage", ""),
  };
}

/** The command that starts the server. */
export function serverCommand(settings: Settings): { command: string; args: string[] } {
  return { command: settings.get("path", "mtlint").trim() || "mtlint", args: ["server"] };
}

/** The documents that are checked: those of files, and those never saved. */
export function documentSelector(settings: Settings): { language: string; scheme: string }[] {
  const languages = settings.get("languages", ["plaintext", "markdown", "html"]);
  return languages.flatMap((language) =>
    ["file", "untitled"].map((scheme) => ({ language, scheme })),
  );
}

/** Settings that take effect only when the server is started anew. */
export const NEEDS_RESTART = ["mtlint.enable", "mtlint.path", "mtlint.languages"];
