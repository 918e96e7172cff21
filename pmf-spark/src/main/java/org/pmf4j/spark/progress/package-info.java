/** How far jobs on executors are, as the driver's progress: from what tasks count. */
package org.pmf4j.spark.progress;
