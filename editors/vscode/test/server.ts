// A client of the protocol, without an editor: the library that VS Code's client is made of, and the
// real server.

import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import {
  createProtocolConnection,
  InitializeResult,
  ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serverCommand, ServerSettings } from "../src/settings";

const ROOT = path.resolve(__dirname, "../../..");

/** The program under test. */
export const MTLINT = process.env.MTLINT ?? path.join(ROOT, "target/debug/mtlint");

/** A folder with texts of our own. */
export const EXAMPLES = path.join(ROOT, "examples");

/** What VS Code's client can do, as far as the server asks. */
const CAPABILITIES = {
  general: { positionEncodings: ["utf-16" as const] },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    codeAction: { dataSupport: true, isPreferredSupport: true, resolveSupport: { properties: ["edit"] } },
    hover: { contentFormat: ["markdown" as const, "plaintext" as const] },
  },
  workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
};

export class Server {
  private constructor(
    private readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
    /** What the server showed to the user. */
    readonly shown: string[],
  ) {}

  /** Starts the server as the extension does. */
  static async start(settings: ServerSettings): Promise<Server> {
    const { command, args } = serverCommand({
      get: <T>(key: string, otherwise: T) => (key === "path" ? (MTLINT as T) : otherwise),
    });
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const shown: string[] = [];
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settings));
    connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      shown.push(message);
    });
    connection.listen();
    const initialized = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: CAPABILITIES,
      initializationOptions: settings,
    });
    await connection.sendNotification("initialized", {});
    return new Server(child, connection, initialized, shown);
  }

  async open(uri: string, languageId: string, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Takes leave; returns the server's exit code. */
  async end(): Promise<number> {
    const exit = once(this.process, "exit");
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const [code] = await exit;
    this.connection.dispose();
    return code;
  }
}
