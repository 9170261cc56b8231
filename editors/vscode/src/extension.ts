// The extension: starts `mtlint server` and lets the client library do the rest.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { documentSelector, NEEDS_RESTART, serverCommand, serverSettings } from "./settings";

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append("mtlint");

let client: LanguageClient | undefined;
let log: vscode.LogOutputChannel;
/** Starting and stopping come one after the other, however fast they are asked for. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("mtlint", { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("mtlint.restart", restart),
    vscode.commands.registerCommand("mtlint.showLog", () => log.show()),
    vscode.commands.registerCommand("mtlint.fixAll", fixAll),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (NEEDS_RESTART.some((key) => event.affectsConfiguration(key))) {
        await restart();
      }
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await (turn = turn.then(stop));
}

function restart(): Promise<void> {
  turn = turn.then(stop).then(start);
  return turn;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  try {
    await running?.dispose();
  } catch (error) {
    log.warn(`the server did not stop in good order: ${error}`);
  }
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("mtlint");
  if (!settings.get("enable", true)) {
    return;
  }
  const server: ServerOptions = serverCommand(settings);
  const options: LanguageClientOptions = {
    documentSelector: documentSelector(settings),
    initializationOptions: serverSettings(settings),
    synchronize: { configurationSection: "mtlint" },
    outputChannel: log,
  };
  const starting = new LanguageClient("mtlint", "mtlint", server, options);
  try {
    await starting.start();
    client = starting;
  } catch (error) {
    log.error(`cannot start \`${serverCommand(settings).command} server\`: ${error}`);
    await offerSettings(serverCommand(settings).command);
  }
}

async function offerSettings(command: string): Promise<void> {
  const [settings, showLog] = ["Open Settings", "Show Log"];
  const chosen = await vscode.window.showErrorMessage(
    `\`${command}\` cannot be started. Install mtlint, or say in the setting mtlint.path where it is.`,
    settings,
    showLog,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "mtlint.path");
  } else if (chosen === showLog) {
    log.show();
  }
}

/** Applies what the server's action of this kind says to the document at hand. */
async function fixAll(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    return;
  }
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    whole,
    FIX_ALL.value,
    1,
  );
  const edit = actions?.find((action) => action.kind && FIX_ALL.contains(action.kind))?.edit;
  if (edit) {
    await vscode.workspace.applyEdit(edit);
  } else {
    vscode.window.setStatusBarMessage("mtlint: nothing to fix safely", 3000);
  }
}
