// Finds a Python that can run the server.
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';

/** How to call a Python: the program, and what comes before all other arguments. */
type Call = [program: string, ...first: string[]];

export interface Python {
  /** Where the interpreter itself is, behind shims and launchers. */
  path: string;
  version: string;
}

const OLDEST = [3, 10] as const;
const LONGEST_WAIT = 5_000;
const QUESTION = 'import sys; print(sys.executable, *sys.version_info[:3], sep="\\n")';

/** The first Python that is new enough; where there is none, what each of those tried had to say. */
export async function findPython(chosen: string, folder: string, home: string): Promise<Python | string[]> {
  const refused: string[] = [];
  for (const call of candidates(chosen, folder)) {
    const answer = await ask(call, home);
    if (typeof answer !== 'string') return answer;
    refused.push(`${call.join(' ')} ${answer}`);
  }
  return refused;
}

/** What to try: the setting alone where there is one, with ~ and ${workspaceFolder} as people write them. */
function candidates(chosen: string, folder: string): Call[] {
  const path = chosen.trim().replace(/^~(?=[/\\])/, homedir()).replace('${workspaceFolder}', folder);
  if (path) return [[path]];
  return [['python3'], ['python'], ...(process.platform === 'win32' ? [['py', '-3'] as Call] : [])];
}

/** Asks a Python who it is. It runs in a folder of ours: none of the workspace's files can take its place. */
function ask([program, ...first]: Call, home: string): Promise<Python | string> {
  return new Promise((resolve) => {
    const options = { cwd: home, timeout: LONGEST_WAIT, windowsHide: true };
    execFile(program, [...first, '-I', '-X', 'utf8', '-c', QUESTION], options, (error, output) => {
      const [path, ...numbers] = output.trim().split(/\r?\n/);
      const [major = 0, minor = 0] = numbers.map(Number);
      const version = numbers.join('.');
      if (error?.killed) resolve(`did not answer in ${LONGEST_WAIT / 1000} seconds`);
      else if (error?.code === 'ENOENT') resolve('is not there');
      else if (error || !path || numbers.length !== 3) resolve('is not a Python that runs');
      else if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) resolve(`is Python ${version}, too old`);
      else resolve({ path, version });
    });
  });
}
