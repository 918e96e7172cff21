/** Small networks that several parts of the method share, beside those of {@code api.nn}. */
package org.pmf4j.core.nn;
