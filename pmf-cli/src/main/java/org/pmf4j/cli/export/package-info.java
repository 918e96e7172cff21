/** {@code pmf export}: writes a trained model as ONNX graphs for other engines. */
package org.pmf4j.cli.export;
