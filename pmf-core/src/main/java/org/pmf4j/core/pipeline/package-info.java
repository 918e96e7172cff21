/** Work done ahead of its consumer, on other threads and in order. */
package org.pmf4j.core.pipeline;
