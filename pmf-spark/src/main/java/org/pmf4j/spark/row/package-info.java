/** What Spark's rows have for a model: which columns, of which types, and what is read of them. */
package org.pmf4j.spark.row;
