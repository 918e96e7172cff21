/** What {@code spark-submit} starts: the commands of {@code pmf spark}. */
package org.pmf4j.spark.cli;
