/** Starts `kemihost debug` for Visual Studio Code, which speaks with it over standard input and output. */
const vscode = require('vscode');

/** @param context VS Code's, which ends what is registered with it */
exports.activate = (context) => {
	context.subscriptions.push(
		vscode.debug.registerDebugAdapterDescriptorFactory('kemihost', {
			createDebugAdapterDescriptor({ configuration, workspaceFolder }) {
				const [command, ...words] = configuration.command ?? ['npx', 'kemihost'];
				const cwd = workspaceFolder?.uri.fsPath;
				return new vscode.DebugAdapterExecutable(command, [...words, 'debug'], cwd ? { cwd } : {});
			},
		}),
	);
};
