/** {@code pmf bench}: benchmarks, each a command of its own, and how their results are told. */
package org.pmf4j.cli.bench;
