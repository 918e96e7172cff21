/**
 * Work in processes of its own. A {@link org.pmf4j.bench.process.ChildJvm} runs a {@link
 * org.pmf4j.bench.process.ChildTask} in a JVM like this one, so that what it holds in memory is its
 * own and can be told by {@link org.pmf4j.bench.process.ProcessMemory}; input, result, progress and
 * failure go through files.
 */
package org.pmf4j.bench.process;
