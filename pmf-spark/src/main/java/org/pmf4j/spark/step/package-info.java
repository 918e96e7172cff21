/**
 * How long steps on executors take, and where the time goes: Spark's own events, and what training
 * adds to them, as a file of lines that {@code pmf bench growth} reads.
 */
package org.pmf4j.spark.step;
