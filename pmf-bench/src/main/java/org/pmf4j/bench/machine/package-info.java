/**
 * What a figure depends on beside the work that it measures: processor, memory, system, JVM,
 * versions, engines, date and the command.
 */
package org.pmf4j.bench.machine;
