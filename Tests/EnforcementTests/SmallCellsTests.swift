import Enforcement
import Testing
