/**
 * What lives in an executor's process: one engine, and one copy of each model or encoder, which all
 * tasks share.
 */
package org.pmf4j.spark.executor;
