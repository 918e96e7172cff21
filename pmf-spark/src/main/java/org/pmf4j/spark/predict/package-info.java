/** Predictions of the rows of a partition, on an executor. */
package org.pmf4j.spark.predict;
