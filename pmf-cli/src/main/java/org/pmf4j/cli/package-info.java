/**
 * The {@code pmf} command: {@link org.pmf4j.cli.Main} parses, runs a subcommand and turns whatever
 * happens into an exit code and one clear line. Each subcommand has a package of its own.
 */
package org.pmf4j.cli;
