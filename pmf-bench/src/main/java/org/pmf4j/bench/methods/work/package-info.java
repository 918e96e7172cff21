/**
 * What {@code bench methods} does in processes of its own: look at data and encoders, fill a cache,
 * train, and evaluate what was trained. Each is a {@link org.pmf4j.bench.process.ChildTask} from a
 * record to a record.
 */
package org.pmf4j.bench.methods.work;
