/**
 * PMF on Apache Spark: what a driver asks for. Models and encoders are opened on executors, by
 * {@link org.pmf4j.spark.executor}, once in each of their processes.
 */
package org.pmf4j.spark;
