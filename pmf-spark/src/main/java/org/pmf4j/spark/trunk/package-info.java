/** The cache of trunk outputs, filled by all executors at once. */
package org.pmf4j.spark.trunk;
