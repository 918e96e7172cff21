/** Writes saved models as ONNX graphs with all that is needed to run them elsewhere. */
package org.pmf4j.export;
