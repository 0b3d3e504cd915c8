/** Names for the contract's shapes. The shapes themselves are generated into `api.d.ts`. */
import type { components } from './api';

type Schemas = components['schemas'];

export type Text = Schemas['Text'];
export type ErrorOut = Schemas['Error'];
export type LoginOut = Schemas['LoginOut'];

export type StoreOut = Schemas['StoreOut'];
export type StoresOut = Schemas['StoresOut'];
export type ScanOut = Schemas['ScanOut'];

export type MenuOut = Schemas['MenuOut'];
export type DishOut = Schemas['DishOut'];
export type AllergenOut = Schemas['AllergenOut'];
export type HoursOut = Schemas['HoursOut'];
export type OptionGroupOut = Schemas['OptionGroupOut'];
export type OptionOut = Schemas['OptionOut'];
export type SetGroupOut = Schemas['SetGroupOut'];
export type SetChoiceOut = Schemas['SetChoiceOut'];
export type AvailabilityOut = Schemas['AvailabilityOut'];

export type TableOut = Schemas['TableOut'];
export type GuestOut = Schemas['GuestOut'];
export type CartOut = Schemas['CartOut'];
export type CartLineIn = Schemas['CartLineIn'];
export type CartLineOut = Schemas['CartLineOut'];
export type CartEntryOut = Schemas['CartEntryOut'];
export type ComponentIn = Schemas['ComponentIn'];
export type PlacedOut = Schemas['PlacedOut'];

export type OrderOut = Schemas['OrderOut'];
export type OrderLineOut = Schemas['OrderLineOut'];
export type RoundOut = Schemas['RoundOut'];
export type OrderSummary = Schemas['OrderSummary'];
export type OrdersOut = Schemas['OrdersOut'];
export type RushOut = Schemas['RushOut'];
export type PaymentOut = Schemas['PaymentOut'];

export type MemberOut = Schemas['MemberOut'];
export type WalletOut = Schemas['WalletOut'];
export type EntryAboutOut = Schemas['EntryAboutOut'];
export type StatementEntryOut = Schemas['StatementEntryOut'];
export type StatementViewOut = Schemas['StatementViewOut'];
export type WalletEntryOut = Schemas['WalletEntryOut'];
export type WalletQuoteIn = Schemas['WalletQuoteIn'];
export type WalletQuoteOut = Schemas['WalletQuoteOut'];
export type WalletPaymentIn = Schemas['WalletPaymentIn'];
export type WalletPaymentOut = Schemas['WalletPaymentOut'];
export type TopupOfferOut = Schemas['TopupOfferOut'];
export type TopupOffersOut = Schemas['TopupOffersOut'];
export type TopupOut = Schemas['TopupOut'];
