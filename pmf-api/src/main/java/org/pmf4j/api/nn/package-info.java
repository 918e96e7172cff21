/** The small building blocks that encoders, mappings and heads share, over the tensor API. */
package org.pmf4j.api.nn;
