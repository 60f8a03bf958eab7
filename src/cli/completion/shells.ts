/**
 * Completion scripts for shells. They contain all words, so that nothing has to be started while somebody types.
 *
 * @module
 */
import type { CompletionCommand, CompletionFlag } from './words.ts';

/** A text in single quotes, as all three shells read it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const flagNames = (flags: readonly CompletionFlag[]) => flags.flatMap(({ names }) => names);

/** A branch of a `case` for each flag with values: the values it may have, or none, for files. */
function valueBranches({ name, flags }: CompletionCommand): string[] {
	return flags
		.filter(({ takesValue }) => takesValue)
		.map(({ names, choices }) => {
			const patterns = names.map((flag) => `${name}:${flag}`).join('|');
			return `\t\t${patterns}) values=1 words=${quoted(choices.join(' '))} ;;`;
		});
}

/** What bash and zsh have in common: sets `words` by `command` and the word before, and `values` behind a flag. */
function choose(commands: readonly CompletionCommand[]): string {
	return `	case "$command:$previous" in
${commands.flatMap(valueBranches).join('\n')}
	esac
	if [[ -z $values ]]; then
		case "$command" in
${commands.map(({ name, flags }) => `\t\t${name}) flags=${quoted(flagNames(flags).join(' '))} ;;`).join('\n')}
		esac
		case "$command" in
${commands
	.filter((command) => command.arguments.length > 0)
	.map((command) => `\t\t${command.name}) words=${quoted(command.arguments.join(' '))} ;;`)
	.join('\n')}
		esac
		[[ $current == -* ]] && words=$flags
	fi`;
}

const names = (commands: readonly CompletionCommand[]) => commands.map(({ name }) => name).join(' ');

/** For bash: an empty answer stands for files. */
function bash(commands: readonly CompletionCommand[]): string {
	return `# Completion of kemihost for bash: source <(kemihost completion bash)
_kemihost() {
	local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
	local command=run words= flags= values= all=${quoted(names(commands))}
	COMPREPLY=()
	# bash takes --flag=value for three words
	if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
	[[ $COMP_CWORD -gt 1 && " $all " == *" \${COMP_WORDS[1]} "* ]] && command=\${COMP_WORDS[1]}
${choose(commands)}
	if [[ $COMP_CWORD -eq 1 && $current != -* ]]; then words=$all; fi
	COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _kemihost kemihost
`;
}

/** For zsh: sourced, or as a file \`_kemihost\` in a folder of \`fpath\`. */
function zsh(commands: readonly CompletionCommand[]): string {
	return `#compdef kemihost
# Completion of kemihost for zsh: source <(kemihost completion zsh)
_kemihost() {
	local current=\${words[CURRENT]} previous=\${words[CURRENT-1]} first=\${words[2]}
	local command=run flags= values= all=${quoted(names(commands))}
	local at=$CURRENT
	local words=
	if [[ $current == --*=* ]]; then previous=\${current%%=*} current=\${current#*=}; compset -P 1 '*='; fi
	[[ $at -gt 2 && " $all " == *" $first "* ]] && command=$first
${choose(commands)}
	if [[ $at -eq 2 && $current != -* ]]; then words=$all; fi
	[[ -n $words ]] && compadd -- \${(s: :)words}
	[[ $current == -* || $command == rpc || -n $values && -n $words ]] || _files
}
if [[ $funcstack[1] == _kemihost ]]; then _kemihost "$@"; else compdef _kemihost kemihost; fi
`;
}

/** For fish. */
function fish(commands: readonly CompletionCommand[]): string {
	const lines = commands.flatMap(({ name, doc, flags, arguments: first }) => {
		const inside = `complete -c kemihost -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
		return [
			`complete -c kemihost -n __fish_use_subcommand -a ${name} -d ${quoted(doc)}`,
			...(first.length > 0 ? [`${inside} -f -a ${quoted(first.join(' '))}`] : []),
			...flags.map(({ names, doc, takesValue, choices }) => {
				const spelled = names.map((flag) =>
					flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag[1]}`,
				);
				const value = takesValue ? (choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : ' -r') : '';
				return `${inside} ${spelled.join(' ')}${value} -d ${quoted(doc)}`;
			}),
		];
	});
	return `# Completion of kemihost for fish: kemihost completion fish | source\n${lines.join('\n')}\n`;
}

/** The shells, each with what makes its script. */
export const SHELLS = { bash, zsh, fish } as const;
