/** The native library of ONNX Runtime: where it is found, and where it is unpacked. */
package org.pmf4j.onnx.library;
