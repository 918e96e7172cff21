/**
 * Training on executors: the driver holds the parameters, their moments and the schedule, and each
 * step is a job, whose tasks compute the gradients of the step's shards. The sum of those, in the
 * order of the shards, is all that a step follows, so that neither the number of executors nor the
 * loss of one changes a bit.
 */
package org.pmf4j.spark.train;
