/** {@code pmf bench}: benchmarks from the command line, their progress and their tables. */
package org.pmf4j.cli.bench;
