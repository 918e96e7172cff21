/** Files on whatever file system Hadoop reads: local copies, cache entries, and plain messages. */
package org.pmf4j.spark.hadoop;
